/**
 * Draws plans. {@link io.jenkins.plugins.sluice.cli.picture.PlanPicture} is the way in; the other classes are the steps on
 * the way: what to draw ({@code Diagram}), where it goes ({@code IslandLayout}, {@code Shelves}), and the text of the file
 * ({@code SvgWriter}). Only {@code IslandLayout} knows of Eclipse ELK.
 */
@NullMarked
package io.jenkins.plugins.sluice.cli.picture;

import org.jspecify.annotations.NullMarked;
