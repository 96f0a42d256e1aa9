package io.jenkins.plugins.sluice.config;

import io.jenkins.plugins.sluice.problem.Location;
import io.jenkins.plugins.sluice.problem.Place;
import io.jenkins.plugins.sluice.problem.ProblemCode;
import io.jenkins.plugins.sluice.problem.Problems;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * Reads the bytes of a YAML file into located values. Never throws for bad input, however hostile: size, depth, number of
 * values, aliases, tags and encoding are checked before anything is built from them. A broken file yields a problem and no
 * value; duplicate keys yield a problem and the first value.
 */
public final class YamlReader {
    /** The largest file that is read, in bytes. */
    public static final int MAX_BYTES = 8 << 20;

    /** The longest line in characters: the time that SnakeYAML takes for one grows with the square of its length. */
    static final int MAX_LINE = 256 << 10;

    private YamlReader() {}

    /**
     * Reads one document.
     *
     * @param file the name for messages
     * @return the top value, or empty if the text is not YAML (then a problem says why)
     */
    public static Optional<ConfigNode> read(String file, byte[] bytes, Problems problems) {
        if (bytes.length > MAX_BYTES) {
            problems.add(ProblemCode.FILE_TOO_LARGE.at(Place.topOf(file), bytes.length, MAX_BYTES));
            return Optional.empty();
        }
        return decode(file, bytes, problems)
                .filter(text -> linesAreShort(file, text, problems))
                .flatMap(text -> parse(file, text, problems));
    }

    private static boolean linesAreShort(String file, String text, Problems problems) {
        int start = 0;
        for (int line = 1; start < text.length(); line++) {
            int end = text.indexOf('\n', start);
            int stop = end < 0 ? text.length() : end;
            if (stop - start > MAX_LINE) {
                Place place = new Place(new Location(file, line, MAX_LINE), "");
                problems.add(ProblemCode.LINE_TOO_LONG.at(place, MAX_LINE));
                return false;
            }
            start = stop + 1;
        }
        return true;
    }

    private static Optional<ConfigNode> parse(String file, String text, Problems problems) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        try {
            ParserImpl events = new ParserImpl(new StreamReader(text), options);
            return new TreeBuilder(file, events, problems).document();
        } catch (TreeBuilder.Refused refused) {
            problems.add(refused.problem());
        } catch (MarkedYAMLException e) {
            problems.add(ProblemCode.YAML_SYNTAX.at(place(file, e), message(e), hint(e)));
        } catch (ReaderException e) {
            String character = String.format("U+%04X", e.getCodePoint());
            problems.add(ProblemCode.YAML_SYNTAX.at(
                    new Place(locate(file, text, e.getPosition()), ""),
                    "the character " + character + " is not allowed in YAML",
                    "remove it"));
        }
        return Optional.empty();
    }

    private static Place place(String file, MarkedYAMLException e) {
        return Optional.ofNullable(e.getProblemMark())
                .map(mark -> new Place(new Location(file, mark.getLine() + 1, mark.getColumn() + 1), ""))
                .orElseGet(() -> Place.topOf(file));
    }

    private static String message(MarkedYAMLException e) {
        String context = e.getContext() == null ? "" : " " + e.getContext();
        String problem = e.getProblem() == null ? "the file is not valid YAML" : e.getProblem();
        return problem + context;
    }

    private static String hint(MarkedYAMLException e) {
        String problem = String.valueOf(e.getProblem());
        if (problem.contains("'\\t'") || problem.contains("TAB")) {
            return "indent with spaces, YAML does not allow tabs";
        }
        if (problem.contains("but got {")) {
            return "inside { } and [ ] quote a text that holds ${…} or other brackets: '…'";
        }
        if (problem.contains("mapping values are not allowed")) {
            return "check the indentation, and quote a text that holds ': '";
        }
        return "check indentation, quotes and brackets at and before this place";
    }

    private static Optional<String> decode(String file, byte[] bytes, Problems problems) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            Place place = new Place(locate(file, text, Integer.MAX_VALUE), "");
            problems.add(ProblemCode.INVALID_UTF8.at(place, in.position()));
            return Optional.empty();
        }
        return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
    }

    /** The line and column of a position, counted in code points; the end of the text if the position is beyond it. */
    private static Location locate(String file, String text, int position) {
        int line = 1;
        int column = 1;
        int seen = 0;
        for (int i = 0; i < text.length() && seen < position; seen++) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            column = c == '\n' ? 1 : column + 1;
            line += c == '\n' ? 1 : 0;
        }
        return new Location(file, line, column);
    }
}
