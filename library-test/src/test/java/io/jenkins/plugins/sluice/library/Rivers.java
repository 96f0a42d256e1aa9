package io.jenkins.plugins.sluice.library;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jboss.marshalling.Marshaller;
import org.jboss.marshalling.MarshallerFactory;
import org.jboss.marshalling.Marshalling;
import org.jboss.marshalling.MarshallingConfiguration;
import org.jboss.marshalling.SimpleClassResolver;
import org.jboss.marshalling.Unmarshaller;

/** Writes programs down as Jenkins does. */
final class Rivers {
    private static final MarshallerFactory FACTORY = Marshalling.getProvidedMarshallerFactory("river");

    private Rivers() {}

    static byte[] write(Program program, ClassLoader classes) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Marshaller marshaller = FACTORY.createMarshaller(configuration(classes))) {
            marshaller.start(Marshalling.createByteOutput(bytes));
            marshaller.writeObject(program);
            marshaller.finish();
        }
        return bytes.toByteArray();
    }

    static Program read(byte[] bytes, ClassLoader classes) throws IOException {
        try (Unmarshaller unmarshaller = FACTORY.createUnmarshaller(configuration(classes))) {
            unmarshaller.start(Marshalling.createByteInput(new ByteArrayInputStream(bytes)));
            Program program = (Program) unmarshaller.readObject();
            unmarshaller.finish();
            return program;
        } catch (ClassNotFoundException e) {
            throw new IOException(e);
        }
    }

    private static MarshallingConfiguration configuration(ClassLoader classes) {
        MarshallingConfiguration configuration = new MarshallingConfiguration();
        configuration.setClassResolver(new SimpleClassResolver(classes));
        return configuration;
    }
}
