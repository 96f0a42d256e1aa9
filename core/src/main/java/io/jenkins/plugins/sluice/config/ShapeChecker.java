package io.jenkins.plugins.sluice.config;

import io.jenkins.plugins.sluice.problem.Place;
import io.jenkins.plugins.sluice.problem.Problem;
import io.jenkins.plugins.sluice.problem.ProblemCode;
import io.jenkins.plugins.sluice.problem.Problems;
import io.jenkins.plugins.sluice.problem.Suggestion;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Holds values against shapes and reports every difference, each with the place and a way out. */
public final class ShapeChecker {
    /** Maps in which PipelineLib ignores what it does not know; there it is only a warning without a version. */
    private static final Set<String> LENIENT_WITHOUT_VERSION = Set.of("file", "pipeline");

    private final Problems problems;
    private final boolean lenient;

    /**
     * A checker for one file.
     *
     * @param lenient whether the file has no version, so that unknown keys of files and pipelines are only warned of
     */
    public ShapeChecker(Problems problems, boolean lenient) {
        this.problems = problems;
        this.lenient = lenient;
    }

    /** Reports where a value differs from a shape. */
    public void check(ConfigNode node, Shape shape) {
        if (shape instanceof Shape.Either either) {
            checkEither(node, either);
        } else if (shape instanceof Shape.Later later) {
            check(node, later.shape().get());
        } else if (shape instanceof Shape.Keyed keyed) {
            node.asMap().ifPresentOrElse(map -> checkKeyed(map, keyed), () -> wrongType(node, shape));
        } else if (shape instanceof Shape.MapOf mapOf) {
            node.asMap().ifPresentOrElse(map -> checkMap(map, mapOf), () -> wrongType(node, shape));
        } else if (shape instanceof Shape.ListOf listOf) {
            node.asList().ifPresentOrElse(list -> checkList(list, listOf), () -> wrongType(node, shape));
        } else if (shape instanceof Shape.Choice choice) {
            value(node, shape).ifPresent(scalar -> checkChoice(scalar, choice));
        } else if (shape instanceof Shape.Text text) {
            value(node, shape).ifPresent(scalar -> checkText(scalar, text));
        }
    }

    private void checkEither(ConfigNode node, Shape.Either either) {
        Optional<Shape> fitting =
                either.shapes().stream().filter(shape -> fits(node, shape)).findFirst();
        fitting.ifPresentOrElse(shape -> check(node, shape), () -> wrongType(node, either));
    }

    /** Whether a value is of the kind that a shape describes, so that the shape's own messages are the helpful ones. */
    static boolean fits(ConfigNode node, Shape shape) {
        if (shape instanceof Shape.Either either) {
            return either.shapes().stream().anyMatch(one -> fits(node, one));
        }
        if (shape instanceof Shape.Keyed keyed) {
            return node.asMap()
                    .map(map -> keyed.keys().entrySet().stream()
                            .allMatch(key -> !tells(keyed, key) || map.keys().contains(key.getKey())))
                    .orElse(false);
        }
        if (shape instanceof Shape.MapOf) {
            return node instanceof ConfigMap;
        }
        if (shape instanceof Shape.ListOf) {
            return node instanceof ConfigList;
        }
        return node.asScalar().map(scalar -> fitsScalar(scalar, shape)).orElse(shape instanceof Shape.Anything);
    }

    /** Whether a key tells the shape apart from others: an expression by its {@code $…}, a map of anything by what it must have. */
    private static boolean tells(Shape.Keyed shape, Map.Entry<String, Shape.Key> key) {
        return key.getValue().required()
                && (shape.others().isPresent() || key.getKey().startsWith("$"));
    }

    private static boolean fitsScalar(ConfigScalar scalar, Shape shape) {
        if (shape instanceof Shape.Choice choice) {
            return scalar.kind() == ConfigScalar.Kind.TEXT || choice.words().contains(scalar.text());
        }
        return shape instanceof Shape.Text text
                ? ofKind(scalar, text.kind())
                : shape instanceof Shape.Anything && scalar.kind() != ConfigScalar.Kind.NOTHING;
    }

    private void checkKeyed(ConfigMap map, Shape.Keyed shape) {
        if (map.size() == 0 && !shape.mayBeEmpty()) {
            empty(map, "the map", "allowed keys: " + allowed(shape) + ".");
            return;
        }
        for (ConfigMap.Entry entry : map.entries()) {
            Shape.Key key = shape.keys().get(entry.key());
            if (key != null) {
                check(entry.value(), key.shape());
            } else {
                checkOther(entry, shape);
            }
        }
        shape.keys().forEach((name, key) -> {
            if (key.required() && !map.keys().contains(name)) {
                problems.add(ProblemCode.MISSING_KEY.at(map.place(), name, "add '" + name + "': " + key.about()));
            }
        });
    }

    private void checkOther(ConfigMap.Entry entry, Shape.Keyed shape) {
        boolean extension = shape.name().equals("file") && entry.key().startsWith("x-");
        if (extension) {
            return;
        }
        shape.others().ifPresentOrElse(other -> check(entry.value(), other), () -> {
            Problem unknown = ProblemCode.UNKNOWN_KEY.at(
                    entry.keyPlace(),
                    entry.key(),
                    Suggestion.among(entry.key(), "allowed keys", shape.keys().keySet()));
            problems.add(lenient && LENIENT_WITHOUT_VERSION.contains(shape.name()) ? unknown.asWarning() : unknown);
        });
    }

    private static String allowed(Shape.Keyed shape) {
        return String.join(", ", shape.keys().keySet());
    }

    private void checkMap(ConfigMap map, Shape.MapOf shape) {
        if (map.size() == 0) {
            empty(map, "the map", "fill it, or remove the key");
        }
        for (ConfigMap.Entry entry : map.entries()) {
            checkWord(entry.key(), shape.keys(), entry.keyPlace());
            check(entry.value(), shape.value());
        }
    }

    private void checkList(ConfigList list, Shape.ListOf shape) {
        if (list.items().isEmpty() && !shape.mayBeEmpty()) {
            empty(list, "the list", "fill it, or remove the key");
        }
        list.items().forEach(item -> check(item, shape.item()));
    }

    /** What PipelineLib silently takes for absent is only worth a warning in its files. */
    private void empty(ConfigNode node, String what, String hint) {
        problems.add(
                lenient
                        ? ProblemCode.EMPTY_VALUE.warningAt(node.place(), what, "it counts as absent; " + hint)
                        : ProblemCode.EMPTY_VALUE.at(node.place(), what, hint));
    }

    private Optional<ConfigScalar> value(ConfigNode node, Shape shape) {
        Optional<ConfigScalar> scalar = node.asScalar().filter(s -> s.kind() != ConfigScalar.Kind.NOTHING);
        if (scalar.isEmpty()) {
            wrongType(node, shape);
        }
        return scalar;
    }

    private void checkChoice(ConfigScalar scalar, Shape.Choice choice) {
        if (!choice.words().contains(scalar.text())) {
            String hint = Suggestion.among(scalar.text(), "allowed values", choice.words());
            problems.add(ProblemCode.INVALID_VALUE.at(scalar.place(), scalar.text(), hint));
        }
    }

    private void checkText(ConfigScalar scalar, Shape.Text shape) {
        if (shape.kind() == Shape.TextKind.DURATION && scalar.kind() != ConfigScalar.Kind.BOOLEAN) {
            checkWord(scalar.text(), shape.kind(), scalar.place());
        } else if (ofKind(scalar, shape.kind())) {
            checkWord(scalar.text(), shape.kind(), scalar.place());
        } else {
            wrongType(scalar, shape);
        }
    }

    private static boolean ofKind(ConfigScalar scalar, Shape.TextKind kind) {
        return switch (kind) {
            case BOOLEAN -> scalar.kind() == ConfigScalar.Kind.BOOLEAN;
            case INTEGER -> wholeNumber(scalar) && !scalar.text().matches("\\+?0+");
            case COUNT -> wholeNumber(scalar);
            case DURATION -> scalar.kind() == ConfigScalar.Kind.TEXT;
            case TEXT, PATH, GLOB, NAME, ENV_NAME -> scalar.kind() != ConfigScalar.Kind.NOTHING;
        };
    }

    private static boolean wholeNumber(ConfigScalar scalar) {
        return scalar.kind() == ConfigScalar.Kind.INTEGER
                && !scalar.text().startsWith("-")
                && scalar.text().length() < 10;
    }

    private void checkWord(String word, Shape.TextKind kind, Place place) {
        Words.problem(word, kind, place).ifPresent(problems::add);
    }

    private void wrongType(ConfigNode node, Shape expected) {
        boolean nothing =
                node.asScalar().map(s -> s.kind() == ConfigScalar.Kind.NOTHING).orElse(false);
        String hint = nothing ? "give it a value, or remove the key" : hintFor(node, expected);
        problems.add(ProblemCode.WRONG_TYPE.at(node.place(), expected.described(), node.described(), hint));
    }

    private static String hintFor(ConfigNode node, Shape expected) {
        if (expected instanceof Shape.Text text && text.kind() == Shape.TextKind.BOOLEAN) {
            return "write true or false";
        }
        if (expected instanceof Shape.ListOf && node instanceof ConfigScalar scalar) {
            return "write [" + scalar.text() + "]";
        }
        if (expected instanceof Shape.Keyed keyed) {
            return "allowed keys: " + allowed(keyed) + ".";
        }
        if (expected instanceof Shape.MapOf) {
            return "write 'name: value' lines below the key";
        }
        return expected instanceof Shape.Text text
                ? "write " + text.kind().example()
                : "docs/config.md shows an example";
    }
}
