/**
 * Letting a program decide at a gate: the question goes out as signed JSON, the answer comes back signed, at once or later.
 *
 * <p>The signatures are those of <a href="https://www.standardwebhooks.com">Standard Webhooks</a>, so that ready-made
 * libraries can check and make them. Nothing here knows of plans or runs: a {@link PostOffice} takes a {@link Question} and
 * a {@link WebhookKey}, and gives a {@link Reply}; {@link Answer} reads what is in one.
 */
@NullMarked
package io.jenkins.plugins.sluice.cli.ask;

import org.jspecify.annotations.NullMarked;
