package io.jenkins.plugins.sluice.cli.local;

import java.nio.file.Path;

/**
 * An administrator's file as it was when it was read.
 *
 * @param name how messages call it
 * @param directory where it was: what its relative paths start from
 * @param text what was in it; it names secrets, but holds none
 */
public record SettingsFile(String name, Path directory, String text) {}
