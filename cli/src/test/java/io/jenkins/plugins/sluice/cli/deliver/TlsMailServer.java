package io.jenkins.plugins.sluice.cli.deliver;

import com.icegreen.greenmail.util.DummySSLServerSocketFactory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A mail server that offers STARTTLS, with a certificate that it has signed itself; it takes everything for right. */
final class TlsMailServer implements AutoCloseable {
    private final ServerSocket socket;
    private final List<String> clear = new CopyOnWriteArrayList<>();
    private final List<String> encrypted = new CopyOnWriteArrayList<>();

    TlsMailServer() throws IOException {
        socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "tls-mail");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return socket.getLocalPort();
    }

    /** What clients have said before it was encrypted. */
    List<String> clear() {
        return clear;
    }

    List<String> encrypted() {
        return encrypted;
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                say(client, "220 here");
                if (listen(client, clear, "250-here\r\n250 STARTTLS")) {
                    try (SSLSocket secret = (SSLSocket)
                            context().getSocketFactory().createSocket(client, "127.0.0.1", client.getPort(), true)) {
                        secret.setUseClientMode(false);
                        listen(secret, encrypted, "250-here\r\n250 AUTH PLAIN");
                    }
                }
            } catch (IOException e) {
                encrypted.add("(ended: " + e.getMessage() + ")");
            }
        }
    }

    /** Whether the client wants to go on with TLS. */
    private static boolean listen(Socket client, List<String> said, String greeting) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        boolean text = false;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            said.add(line);
            if (text && !line.equals(".")) {
                continue;
            }
            text = line.equals("DATA");
            if (line.equals("STARTTLS")) {
                say(client, "220 go on");
                return true;
            }
            String answer = line.startsWith("AUTH") ? "235 welcome" : "250 fine";
            say(client, line.startsWith("EHLO") ? greeting : text ? "354 go on" : answer);
        }
        return false;
    }

    private static void say(Socket client, String line) throws IOException {
        client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        client.getOutputStream().flush();
    }

    private static SSLContext context() {
        try {
            DummySSLServerSocketFactory keys = new DummySSLServerSocketFactory();
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys.getKeyStore(), "changeit".toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
