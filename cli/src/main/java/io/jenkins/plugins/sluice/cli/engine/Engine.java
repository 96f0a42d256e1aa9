package io.jenkins.plugins.sluice.cli.engine;

import io.jenkins.plugins.sluice.cli.process.Invocation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** How one kind of engine is told what to do, where the kinds differ. What they have in common is where it is used. */
interface Engine {

    EngineProgram program();

    /** The same engine, told by a program that has more in its environment. */
    Engine with(EngineProgram program);

    /**
     * The same engine, logged in to a registry.
     *
     * @param directory a private one, for what it needs for that
     */
    Engine with(Login login, Path directory) throws IOException;

    /** Asks whether the engine can work at all. */
    Invocation check();

    /** Asks whether it can build images; empty if it always can. */
    Optional<Invocation> buildCheck();

    /** Builds an image whose files are written already. */
    Invocation build(BuildOrder order);

    /** Copies out of a container to a path of this machine. */
    Invocation copy(String container, String source, Path target);

    /**
     * Pushes an image that has the name already.
     *
     * @param digestFile where the engine may write down the digest
     */
    Invocation push(String name, Path digestFile);

    /** The digest that the registry knows a pushed image by. */
    Optional<String> digest(List<String> said, Path digestFile) throws IOException;

    /** Gets an image from a registry. */
    Invocation pull(String name);
}
