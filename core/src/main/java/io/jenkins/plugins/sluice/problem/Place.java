package io.jenkins.plugins.sluice.problem;

/**
 * Where a value stands: in the text, and in the structure.
 *
 * @param location line and column
 * @param path keys and indices from the top, such as {@code pipelines.api.stages[3].needs[0]}; empty at the top
 */
public record Place(Location location, String path) implements Comparable<Place> {
    /** The top of a file. */
    public static Place topOf(String file) {
        return new Place(Location.startOf(file), "");
    }

    @Override
    public int compareTo(Place other) {
        int byLocation = location.compareTo(other.location);
        return byLocation != 0 ? byLocation : path.compareTo(other.path);
    }

    @Override
    public String toString() {
        return path.isEmpty() ? location.toString() : location + " " + path;
    }
}
