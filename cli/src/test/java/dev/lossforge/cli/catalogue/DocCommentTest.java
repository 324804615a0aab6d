package dev.lossforge.cli.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DocCommentTest {
    @Test
    void tagsGiveWayToWhatTheyEnclose() {
        String comment = """
                {@code a < b} as in {@link #huber}, {@link dev.lossforge.Other#poisson(float) that} and
                <em>more</em>; then &amp; on.

                <p>A. Author, "Title".

                @param p the prediction
                @see Other""";
        assertThat(DocComment.paragraphs(comment))
                .isEqualTo(List.of("a < b as in huber, poisson and more; then & on.", "A. Author, \"Title\"."));
        assertThat(DocComment.summary(comment)).isEqualTo("a < b as in huber, poisson and more");
    }

    @Test
    void noCommentHasNoSummary() {
        assertThat(DocComment.paragraphs("")).isEmpty();
        assertThat(DocComment.summary("@param x only a tag")).isEmpty();
    }

    @Test
    void aMisspeltNameIsGuessedOnlyWhenItIsNear() {
        List<String> known = List.of("huber", "hinge", "HuberLoss");
        assertThat(Suggestions.didYouMean("hubr", known)).isEqualTo(", did you mean 'huber'?");
        assertThat(Suggestions.didYouMean("HINGE", known)).isEqualTo(", did you mean 'hinge'?");
        assertThat(Suggestions.didYouMean("poisson", known)).isEmpty();
        assertThat(Suggestions.didYouMean("x", List.of())).isEmpty();
    }
}
