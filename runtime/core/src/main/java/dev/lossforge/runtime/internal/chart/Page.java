package dev.lossforge.runtime.internal.chart;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A self-contained HTML page: no script, no external font or file, no network. */
public final class Page {
    /** The tag by which {@link #isIn} recognizes such a page. */
    public static final String MARK = "<meta name=\"generator\" content=\"Lossforge\">";

    /** The number of bytes at the start of a file in which the mark must be. */
    private static final int BEGINNING = 4096;

    private static final String STYLE = """
            *{box-sizing:border-box}
            body{margin:0;background:var(--ground);color:var(--text);
              font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
            main{max-width:1120px;margin:0 auto;padding:32px 20px 64px}
            h1{font-size:1.7rem;line-height:1.2;margin:0 0 4px;letter-spacing:-.01em;overflow-wrap:anywhere}
            h2{font-size:1.15rem;margin:40px 0 12px}
            .lead{color:var(--muted);margin:0 0 24px;overflow-wrap:anywhere}
            .warning{border-left:4px solid var(--bad);background:var(--surface);padding:10px 14px;margin:0 0 24px}
            .cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(150px,1fr));gap:12px}
            .card,.panel{background:var(--surface);border:1px solid var(--grid);border-radius:12px;padding:14px 16px}
            .card b{display:block;font-size:1.6rem;line-height:1.25;font-weight:650;font-variant-numeric:tabular-nums}
            .card span{color:var(--muted);font-size:.85rem}
            @media(max-width:520px){.cards{grid-template-columns:1fr 1fr}
              .cards>:last-child:nth-child(odd){grid-column:1/-1}}
            .at>g{opacity:0;pointer-events:none}
            .at:hover>g{opacity:1}
            .charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,400px),1fr));gap:12px}
            .panel{padding:8px;min-width:0}
            .panel.text{padding:14px 16px}
            .picture{display:block;width:100%;height:auto;font-family:inherit}
            .digits{display:grid;grid-template-columns:repeat(auto-fill,minmax(112px,1fr));gap:12px}
            figure{margin:0;background:var(--surface);border:1px solid var(--grid);border-radius:12px;padding:10px;
              text-align:center}
            figure img{width:84px;height:84px;image-rendering:pixelated;border-radius:6px}
            figcaption{font-size:.85rem;font-weight:600}
            figcaption small{display:block;font-weight:400;color:var(--muted)}
            pre{margin:0;overflow-x:auto;font:13px/1.55 ui-monospace,SFMono-Regular,Menlo,"DejaVu Sans Mono",monospace}
            h3{font-size:.85rem;color:var(--muted);font-weight:600;margin:14px 0 4px}
            h3:first-child{margin-top:0}
            .columns{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,320px),1fr));gap:12px}
            .scroll{overflow-x:auto}
            table{border-collapse:collapse;width:100%;font-size:.92rem}
            th{text-align:left;font-weight:500;color:var(--muted)}
            td,th{padding:5px 10px 5px 0;border-bottom:1px solid var(--grid);vertical-align:top}
            td{font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
            .numbers td,.numbers th{white-space:nowrap;overflow-wrap:normal}
            .best{font-weight:700}
            tr:last-child td,tr:last-child th{border-bottom:0}
            .swatch{display:inline-block;width:12px;height:12px;border-radius:3px;margin-right:8px}
            """;

    private final StringBuilder body = new StringBuilder();
    private final String title;

    public Page(String title, String lead) {
        this.title = title;
        body.append("<h1>").append(Html.escaped(title)).append("</h1><p class=\"lead\">");
        body.append(Html.escaped(lead)).append("</p>");
    }

    public void warning(String sentence) {
        body.append("<p class=\"warning\">").append(Html.escaped(sentence)).append("</p>");
    }

    public void heading(String text) {
        body.append("<h2>").append(Html.escaped(text)).append("</h2>");
    }

    /** Adds a row of cards, each with a large number above its small meaning. */
    public void cards(Map<String, String> meaningToNumber) {
        body.append("<div class=\"cards\">");
        meaningToNumber.forEach((meaning, number) -> body.append("<div class=\"card\"><b>")
                .append(Html.escaped(number))
                .append("</b><span>")
                .append(Html.escaped(meaning))
                .append("</span></div>"));
        body.append("</div>");
    }

    /** Adds framed pictures, side by side where there is room. */
    public void charts(List<Picture> pictures) {
        body.append("<div class=\"charts\">");
        pictures.forEach(picture ->
                body.append("<div class=\"panel\">").append(picture.svg()).append("</div>"));
        body.append("</div>");
    }

    /** Adds markup, which the caller has already escaped. */
    public void markup(String html) {
        body.append(html);
    }

    /** A table of names and values. */
    public static String table(Map<String, String> rows) {
        StringBuilder table = new StringBuilder("<div class=\"panel text scroll\"><table>");
        rows.forEach((name, value) -> table.append("<tr><th scope=\"row\">")
                .append(Html.escaped(name))
                .append("</th><td>")
                .append(Html.escaped(value))
                .append("</td></tr>"));
        return table.append("</table></div>").toString();
    }

    /** Whether a file is a page written by this class. */
    public static boolean isIn(Path file) throws IOException {
        try (InputStream stream = Files.newInputStream(file)) {
            return new String(stream.readNBytes(BEGINNING), StandardCharsets.ISO_8859_1).contains(MARK);
        }
    }

    public String html() {
        return "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">"
                + MARK
                + "<meta name=\"color-scheme\" content=\"light dark\"><link rel=\"icon\" href=\"data:,\"><title>"
                + Html.escaped(title)
                + "</title><style>:root{--ground:#f5f7fa;" + Ink.declarations(false) + "}"
                + "@media(prefers-color-scheme:dark){:root{--ground:#0f131a;" + Ink.declarations(true) + "}}"
                + STYLE + "</style></head><body><main>" + body + "</main></body></html>\n";
    }
}
