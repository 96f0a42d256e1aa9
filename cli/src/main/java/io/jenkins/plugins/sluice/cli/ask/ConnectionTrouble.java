package io.jenkins.plugins.sluice.cli.ask;

import io.jenkins.plugins.sluice.problem.Printable;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/** What went wrong with a connection, in words: the exceptions of {@code HttpClient} often have no message, or a strange one. */
final class ConnectionTrouble {

    private ConnectionTrouble() {}

    static String words(ExecutionException e) {
        List<Throwable> chain = Stream.<Throwable>iterate(e, x -> x != null, Throwable::getCause)
                .limit(10)
                .toList();
        if (has(UnresolvedAddressException.class, chain)) {
            return "the name of the host is not known";
        }
        if (has(HttpConnectTimeoutException.class, chain)) {
            return "there is no connection in time";
        }
        if (has(ConnectException.class, chain)) {
            return "the connection is refused";
        }
        if (has(EOFException.class, chain)) {
            return "the connection ends before the response does";
        }
        Throwable trouble = chain.get(Math.min(1, chain.size() - 1));
        return Printable.of(trouble.getClass().getSimpleName() + ": " + trouble.getMessage());
    }

    private static boolean has(Class<? extends Throwable> type, List<Throwable> chain) {
        return chain.stream().anyMatch(type::isInstance);
    }
}
