plugins {
    application
}

group = "{{package}}"
version = "1.0-SNAPSHOT"

repositories {
    // Where './mvnw install' puts Lossforge.
    mavenLocal()
    mavenCentral()
}

val lossforge = "@project.version@"

dependencies {
    implementation(platform("dev.lossforge:lossforge-bom:$lossforge"))
    implementation("dev.lossforge:lossforge-dsl")
    implementation("dev.lossforge:lossforge-runtime-core")
    runtimeOnly("dev.lossforge:lossforge-runtime-cpu")
    // What writes the losses' classes.
    annotationProcessor("dev.lossforge:lossforge-processor:$lossforge")

    testImplementation("org.junit.jupiter:junit-jupiter:@junit.version@")
    testRuntimeOnly("org.junit.platform:junit-platform-launcher")
}

tasks.withType<JavaCompile>().configureEach {
    options.release.set(21)
    options.encoding = "UTF-8"
}

application {
    mainClass.set("{{package}}.Train")
    applicationDefaultJvmArgs = listOf("--add-modules", "jdk.incubator.vector")
}

tasks.test {
    useJUnitPlatform()
    jvmArgs("--add-modules", "jdk.incubator.vector")
}
