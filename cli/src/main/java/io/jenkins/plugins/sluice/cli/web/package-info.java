/**
 * The web page of this machine: what runs are there, how they are, and the decisions at their gates. It listens on the loopback
 * address only, for whoever has the address with the token.
 */
@NullMarked
package io.jenkins.plugins.sluice.cli.web;

import org.jspecify.annotations.NullMarked;
