package io.jenkins.plugins.sluice.model;

import io.jenkins.plugins.sluice.problem.Place;

/**
 * A stage that comes before another.
 *
 * @param stage which one
 * @param place where the file says so: the entry of {@code needs}, or the stage itself where the order follows from the list
 */
public record Need(StageRef stage, Place place) {}
