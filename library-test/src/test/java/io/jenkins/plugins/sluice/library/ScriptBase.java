package io.jenkins.plugins.sluice.library;

import com.cloudbees.groovy.cps.SerializableScript;

/** What every script of the library is: unknown methods are steps. */
public abstract class ScriptBase extends SerializableScript {
    private static final long serialVersionUID = 1L;

    @Override
    public Object invokeMethod(String name, Object args) {
        return World.current().call(name, args);
    }

    @Override
    public Object getProperty(String name) {
        return switch (name) {
            case "currentBuild" -> World.current().build();
            case "scm" -> "scm";
            case "params" -> World.current().parameters();
            default -> super.getProperty(name);
        };
    }
}
