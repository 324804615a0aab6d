package dev.lossforge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lossforge.digits.Idx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The pages that runs leave, looked at in a real browser: in narrow and wide windows, light and dark. */
class ReportInBrowserTest {
    /** What can be seen of every figure, and of the page as a whole; figures are looked at where they stand. */
    private static final String LOOK = """
            (() => {
              const style = element => getComputedStyle(element);
              const light = color => {
                const [r, g, b] = color.match(/[\\d.]+/g).map(x => x / 255)
                  .map(x => x <= 0.04045 ? x / 12.92 : Math.pow((x + 0.055) / 1.055, 2.4));
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
              };
              const contrast = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
              const figure = element => {
                element.scrollIntoView({block: 'center'});
                const box = element.getBoundingClientRect();
                const middle = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
                return {
                  name: element.id || element.alt,
                  width: box.width,
                  height: box.height,
                  inside: box.left >= 0 && box.right <= document.documentElement.clientWidth,
                  shown: style(element).visibility === 'visible' && style(element).opacity === '1',
                  uncovered: element === middle || element.contains(middle),
                  drawn: element.tagName === 'IMG' ? element.complete && element.naturalWidth > 0
                    : element.querySelectorAll('polyline,circle,rect,image').length > 0
                };
              };
              const panel = text => style(text.closest('.panel')).backgroundColor;
              const texts = [...document.querySelectorAll('svg.picture:not(#confusion) text')];
              return {
                figures: [...document.querySelectorAll('svg.picture, figure img')].map(figure),
                tooWide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
                ground: light(style(document.body).backgroundColor),
                contrast: Math.min(
                  contrast(style(document.body).color, style(document.body).backgroundColor),
                  ...texts.map(text => contrast(style(text).fill, panel(text))))
              };
            })()
            """;

    @TempDir
    private static Path scratch;

    private static @Nullable Browser browser;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        Optional<Path> program = Browser.installed();
        if (program.isEmpty()) {
            System.out.println("No Chromium is installed, so nobody looks at the reports in a browser.");
        }
        assumeTrue(program.isPresent(), "no Chromium is installed");
        Path data = Files.createDirectory(scratch.resolve("data"));
        Idx.writeRandomSet(data, 40, 30);
        for (String run : List.of("one", "two")) {
            assertThat(Invocation.of(
                                    "train",
                                    "mnist",
                                    "--backend=constant",
                                    "--epochs=3",
                                    "--validation=8",
                                    "--data=" + data,
                                    "--out=" + scratch.resolve(run))
                            .exitCode())
                    .isZero();
        }
        assertThat(Invocation.of(
                                "compare",
                                scratch.resolve("one").toString(),
                                scratch.resolve("two").toString(),
                                "--out=" + scratch)
                        .exitCode())
                .isZero();
        browser = Browser.start(program.get(), Files.createDirectory(scratch.resolve("profile")));
    }

    @AfterAll
    static void stop() throws IOException, InterruptedException {
        if (browser != null) {
            browser.stop();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "one/report.html, 360,  false, 'loss accuracy learning-rate speed confusion misread', 24",
        "one/report.html, 360,  true,  'loss accuracy learning-rate speed confusion misread', 24",
        "one/report.html, 1600, false, 'loss accuracy learning-rate speed confusion misread', 24",
        "one/report.html, 1600, true,  'loss accuracy learning-rate speed confusion misread', 24",
        "compare.html,    360,  false, 'loss accuracy learning-rate speed', 0",
        "compare.html,    360,  true,  'loss accuracy learning-rate speed', 0",
        "compare.html,    1600, false, 'loss accuracy learning-rate speed', 0",
        "compare.html,    1600, true,  'loss accuracy learning-rate speed', 0",
    })
    void everyFigureIsSeen(String page, int width, boolean dark, String pictures, int digits)
            throws InterruptedException {
        assertThat(browser).isNotNull();
        browser.open(scratch.resolve(page).toUri(), width, 900, dark);
        JsonNode look = browser.evaluate(LOOK);
        List<String> names = new ArrayList<>();
        for (JsonNode figure : look.path("figures")) {
            names.add(figure.path("name").stringValue());
            for (String quality : List.of("inside", "shown", "uncovered", "drawn")) {
                assertThat(figure.path(quality).booleanValue())
                        .as("%s: %s", quality, figure)
                        .isTrue();
            }
            assertThat(figure.path("width").doubleValue()).as("%s", figure).isGreaterThanOrEqualTo(80);
            assertThat(figure.path("height").doubleValue()).as("%s", figure).isGreaterThanOrEqualTo(80);
        }
        assertThat(names).startsWith(pictures.split(" ", -1)).hasSize(pictures.split(" ", -1).length + digits);
        assertThat(look.path("tooWide").intValue()).isZero();
        assertThat(look.path("ground").doubleValue()).isBetween(dark ? 0 : 0.8, dark ? 0.1 : 1);
        assertThat(look.path("contrast").doubleValue()).isGreaterThan(4.5);
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.requests()).allMatch(address -> address.startsWith("file:") || address.startsWith("data:"));
        assertThat(browser.requests().stream().filter(address -> address.startsWith("file:")))
                .hasSize(1);
    }
}
