package dev.lossforge.samples.catalogue;

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
        assertThat(Names.didYouMean("hubr", known)).isEqualTo(", did you mean 'huber'?");
        assertThat(Names.didYouMean("HINGE", known)).isEqualTo(", did you mean 'hinge'?");
        assertThat(Names.didYouMean("poisson", known)).isEmpty();
        assertThat(Names.didYouMean("x", List.of())).isEmpty();
    }
}
