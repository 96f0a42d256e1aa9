package io.jenkins.plugins.sluice.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.sluice.run.EventJson;
import io.jenkins.plugins.sluice.run.RunEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read of a journal that is whole, torn or damaged. */
class JournalTest {
    private static final EventJson JSON = new EventJson(EventJson.Guard.plain());
    private static final int EVENTS = 5;

    @TempDir
    Path directory;

    private RunDirectory run = new RunDirectory(Path.of("."));

    @BeforeEach
    void fiveEvents() throws Exception {
        run = new RunDirectory(directory);
        try (Journal journal = Journal.open(run, JSON)) {
            for (int i = 0; i < EVENTS; i++) {
                append(journal, i);
            }
        }
    }

    private static RunEvent event(int i) {
        return new RunEvent.AttemptStarted("p/s" + i, 1, Instant.EPOCH);
    }

    private static void append(Journal journal, int i) throws IOException, InterruptedException {
        journal.exclusively(() -> {
            List<RunEvent> news = journal.catchUp();
            journal.append(event(i));
            return news;
        });
    }

    private JournalReader.Found read() throws IOException {
        return JournalReader.all(run.journal(), JSON);
    }

    private byte[] bytes() throws IOException {
        return Files.readAllBytes(run.journal());
    }

    private int startOfLastLine() throws IOException {
        String text = Files.readString(run.journal());
        return text.lastIndexOf('\n', text.length() - 2) + 1;
    }

    private static List<RunEvent> events(int count) {
        return IntStream.range(0, count).mapToObj(JournalTest::event).toList();
    }

    @Test
    void whatWasAppendedIsRead() throws IOException {
        assertThat(read().events()).isEqualTo(events(EVENTS));
        assertThat(read().torn()).isFalse();
    }

    @Test
    void lineThatIsCutAnywhereIsTorn() throws IOException {
        byte[] whole = bytes();
        for (int end = startOfLastLine() + 1; end < whole.length; end++) {
            Files.write(run.journal(), Arrays.copyOf(whole, end));
            assertThat(read().torn()).as("cut at %s", end).isTrue();
            assertThat(read().events()).isEqualTo(events(EVENTS - 1));
        }
    }

    @Test
    void zerosThatACrashHasLeftAtTheEndAreTorn() throws IOException {
        Files.write(run.journal(), new byte[300], StandardOpenOption.APPEND);
        assertThat(read().torn()).isTrue();
        assertThat(read().events()).isEqualTo(events(EVENTS));
    }

    @Test
    void anyChangedByteIsFound() throws IOException {
        byte[] whole = bytes();
        for (int i = 0; i < whole.length; i += 7) {
            byte[] changed = whole.clone();
            changed[i] ^= 1;
            Files.write(run.journal(), changed);
            boolean cut = i == whole.length - 1;
            if (cut) {
                assertThat(read().torn()).isTrue();
            } else {
                assertThatThrownBy(this::read).as("byte %s", i).isInstanceOf(DamagedJournalException.class);
            }
        }
    }

    @Test
    void missingAndSwappedLinesAreFoundWhereTheyAre() throws IOException {
        List<String> lines = Files.readAllLines(run.journal());
        List<String> without = new ArrayList<>(lines);
        without.remove(2);
        Files.write(run.journal(), without);
        assertThatThrownBy(this::read).hasMessageContaining("journal:3: the journal is damaged at byte ");
        List<String> swapped = new ArrayList<>(lines);
        swapped.set(1, lines.get(2));
        swapped.set(2, lines.get(1));
        Files.write(run.journal(), swapped);
        assertThatThrownBy(this::read).hasMessageContaining("journal:2: the journal is damaged at byte ");
    }

    @Test
    void whoAppendsAfterATornEndCutsItOffAndGoesOn() throws Exception {
        byte[] half = "12345678 {\"event".getBytes(StandardCharsets.UTF_8);
        Files.write(run.journal(), half, StandardOpenOption.APPEND);
        try (Journal journal = Journal.open(run, JSON)) {
            append(journal, EVENTS);
        }
        assertThat(read().events()).isEqualTo(events(EVENTS + 1));
        assertThat(read().torn()).isFalse();
    }

    @Test
    void severalWhoAppendSeeEachOther() throws Exception {
        try (Journal one = Journal.open(run, JSON);
                Journal other = Journal.open(run, JSON)) {
            append(one, EVENTS);
            append(other, EVENTS + 1);
            append(one, EVENTS + 2);
            assertThat(other.exclusively(other::catchUp)).containsExactly(event(EVENTS + 2));
        }
        assertThat(read().events()).isEqualTo(events(EVENTS + 3));
    }
}
