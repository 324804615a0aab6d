package dev.lossforge.checks;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may import whom. A rule that fails names the class, the import and the line. */
class ImportRulesTest {

    private static final String BASE = "dev.lossforge.";
    private static final String PROCESSOR = BASE + "processor";

    /** The JDK without its compiler, and the annotations that leave no trace at run time. */
    private static final List<String> JDK = List.of("java..", "javax..", "org.jspecify.annotations..");

    private static final String VECTORS = "jdk.incubator.vector..";
    private static final String TORNADOVM = "uk.ac.manchester.tornado.api..";
    private static final String[] BACKENDS = {BASE + "runtime.cpu..", BASE + "runtime.tornadovm.."};

    private static final JavaClasses LOSSFORGE = ProjectClasses.ALL;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dsl",
                "processor",
                "processor.ir",
                "processor.frontend",
                "processor.emit",
                "runtime.tensor",
                "runtime.cpu",
                "losses",
                "cli"
            })
    void theRulesSeeEveryModule(String packageName) {
        assertThat(LOSSFORGE.containPackage(BASE + packageName)).isTrue();
    }

    @Test
    void theFormulaLanguageDependsOnNothing() {
        mayOnlyImport(BASE + "dsl..");
    }

    @Test
    void theRuntimeDependsOnNothingButItself() {
        classes()
                .that(resideInAPackage(BASE + "runtime..").and(not(resideInAnyPackage(BACKENDS))))
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(jdkAnd(BASE + "runtime..")).and(not(resideInAnyPackage(BACKENDS))))
                .check(LOSSFORGE);
    }

    /** Each room sees those after it. The loop itself is internal and stands between model and training. */
    @ParameterizedTest
    @CsvSource({
        "metric,            'callback training internal.training model checkpoint'",
        "callback,          'training internal.training model checkpoint'",
        "training,          'internal.training model checkpoint'",
        "internal.training, 'model checkpoint'",
        "checkpoint,        'internal.training model'",
    })
    void aTrainingHasOneDirection(String room, String unseen) {
        noClasses()
                .that()
                .resideInAPackage(BASE + "runtime." + room)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(Arrays.stream(unseen.split(" ", -1))
                        .map(name -> BASE + "runtime." + name)
                        .toArray(String[]::new))
                .check(LOSSFORGE);
    }

    /** The program finds the samples; they use what a user may use. What they share draws in the reports' inks. */
    @Test
    void samplesSeeNeitherTheProgramNorInternals() {
        DescribedPredicate<JavaClass> shared = resideInAPackage(BASE + "samples.lesson..");
        DescribedPredicate<JavaClass> insides = resideInAnyPackage(BASE + "cli..", "dev.lossforge..internal..");
        DescribedPredicate<JavaClass> charts = resideInAPackage(BASE + "runtime.internal.chart..");
        noClasses()
                .that(resideInAPackage(BASE + "samples..").and(not(shared)).and(not(areGenerated())))
                .should()
                .dependOnClassesThat(insides)
                .check(LOSSFORGE);
        noClasses()
                .that(shared)
                .should()
                .dependOnClassesThat(insides.and(not(charts)))
                .check(LOSSFORGE);
    }

    @Test
    void theProgramImportsNoNumberedSample() {
        noClasses()
                .that()
                .resideInAPackage(BASE + "cli..")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("dev\\.lossforge\\.samples\\.s\\d.*")
                .check(LOSSFORGE);
    }

    @Test
    void digitsSeeTheRuntimeAlone() {
        mayOnlyImport(BASE + "digits..", BASE + "runtime..");
    }

    private static DescribedPredicate<JavaClass> areGenerated() {
        return DescribedPredicate.describe(
                "are generated",
                type -> type.getSimpleName().endsWith("DeviceKernels")
                        || type.getRawSuperclass()
                                .map(JavaClass::getSimpleName)
                                .filter(List.of("FormulaLoss", "FormulaPenalty")::contains)
                                .isPresent());
    }

    @Test
    void theCpuBackendAddsOnlyTheVectorApi() {
        mayOnlyImport(BASE + "runtime.cpu..", BASE + "runtime..", "jdk.incubator.vector..");
    }

    /** The kernels that are generated beside losses are for TornadoVM, too. Without it there is nothing to check. */
    @Test
    void onlyItsBackendAndGeneratedKernelsSeeTornadovm() {
        noClasses()
                .that(not(resideInAPackage(BASE + "runtime.tornadovm.."))
                        .and(not(simpleNameEndingWith("DeviceKernels"))))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(BASE + "runtime.tornadovm..", TORNADOVM)
                .check(LOSSFORGE);
        classes()
                .that()
                .resideInAPackage(BASE + "runtime.tornadovm..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(jdkAnd(BASE + "runtime..", TORNADOVM))
                .allowEmptyShould(true)
                .check(LOSSFORGE);
    }

    /** A JVM without the module runs all but the classes that are loaded where it has it. */
    @Test
    void onlyTheCpuBackendAndGeneratedLoopsSeeTheVectorApi() {
        noClasses()
                .that(not(resideInAPackage(BASE + "runtime.cpu..")).and(not(simpleNameEndingWith("Vectors"))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(VECTORS)
                .check(LOSSFORGE);
    }

    @Test
    void theCatalogueNeedsTheLanguageAndTheRuntimeButNoBackend() {
        mayOnlyImport(
                BASE + "losses..",
                BASE + "dsl..",
                BASE + "runtime.tensor..",
                BASE + "runtime.loss..",
                BASE + "runtime.internal.kernel..",
                BASE + "runtime.tornadovm.internal.kernel..",
                VECTORS,
                TORNADOVM,
                BASE + "runtime");
    }

    @ParameterizedTest
    @CsvSource({
        "ir,         ''",
        "diagnostic, ''",
        "check,      'ir diagnostic'",
        "rewrite,    'ir diagnostic'",
        "ad,         'ir diagnostic'",
        "loop,       'ir diagnostic'",
        "describe,   'ir loop'",
        "vector,     'ir'",
    })
    void aStageSeesOnlyTheLanguagesItMapsBetween(String stage, String visible) {
        mayOnlyImport(processorPackage(stage), processorPackages(visible));
    }

    @Test
    void onlyTheFrontendReadsJavacTrees() {
        mayOnlyImport(
                processorPackage("frontend"),
                processorPackage("ir"),
                processorPackage("diagnostic"),
                "com.sun.source..");
    }

    /** In the jar JavaPoet has another name. */
    @Test
    void onlyTheEmitterWritesJava() {
        mayOnlyImport(
                processorPackage("emit"),
                processorPackage("loop"),
                processorPackage("vector"),
                processorPackage("ir"),
                processorPackage("javapoet"),
                "com.palantir.javapoet..");
    }

    @Test
    void theEmittersOfTheJvmAndOfDevicesDoNotSeeEachOther() {
        noClasses()
                .that()
                .resideInAPackage(processorPackage("emit.jvm"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(processorPackage("emit.device"))
                .check(LOSSFORGE);
        noClasses()
                .that()
                .resideInAPackage(processorPackage("emit.device"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(processorPackage("emit.jvm"), processorPackage("vector"))
                .check(LOSSFORGE);
    }

    @Test
    void theProcessorNamesTheLanguageAndTheRuntimeByString() {
        noClasses()
                .that()
                .resideInAPackage(PROCESSOR + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(BASE + "dsl..", BASE + "runtime..", BASE + "losses..")
                .check(LOSSFORGE);
    }

    @Test
    void nothingUsesTheInsidesOfJavac() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.sun.tools.javac..")
                .check(LOSSFORGE);
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching("dev.lossforge.(**)").should().beFreeOfCycles().check(LOSSFORGE);
    }

    private static void mayOnlyImport(String packages, String... imported) {
        classes()
                .that()
                .resideInAPackage(packages)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(jdkAnd(append(packages, imported)))
                .check(LOSSFORGE);
    }

    private static String processorPackage(String stage) {
        return PROCESSOR + "." + stage + "..";
    }

    private static String[] processorPackages(String stages) {
        return stages.isEmpty()
                ? new String[0]
                : List.of(stages.split(" ", -1)).stream()
                        .map(ImportRulesTest::processorPackage)
                        .toArray(String[]::new);
    }

    private static String[] append(String first, String... rest) {
        List<String> all = new ArrayList<>(List.of(rest));
        all.add(first);
        return all.toArray(String[]::new);
    }

    private static String[] jdkAnd(String... packages) {
        List<String> all = new ArrayList<>(JDK);
        all.addAll(List.of(packages));
        return all.toArray(String[]::new);
    }
}
