package io.jenkins.plugins.sluice.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sluice.problem.Place;
import io.jenkins.plugins.sluice.problem.Problems;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TemplateParserProperties {
    private static final Place PLACE = Place.topOf("f");

    @Property
    void textWithoutAReferenceIsItself(@ForAll("plain") String text, @ForAll Dialect dialect) {
        Problems problems = new Problems();
        Template template = new TemplateParser(dialect, problems).text(text, PLACE);
        assertThat(template.resolve(reference -> "?")).isEqualTo(text);
        assertThat(template.references()).isEmpty();
        assertThat(problems.list()).isEmpty();
    }

    @Property
    void whatIsWrittenIsWhatIsShown(@ForAll("any") String text) {
        Problems problems = new Problems();
        Template template = new TemplateParser(Dialect.PIPELINELIB, problems).text(text, PLACE);
        assertThat(template.resolve(Reference::toString)).isEqualTo(text);
        assertThat(template.toString()).isEqualTo(text);
    }

    @Provide
    Arbitrary<String> plain() {
        return any().map(text -> text.replace("${", "$ {"));
    }

    @Provide
    Arbitrary<String> any() {
        return Arbitraries.strings()
                .withChars("${}|.a-\\ \n\t:#")
                .withCharRange('\u00a0', '\u2fff')
                .ofMaxLength(40);
    }
}
