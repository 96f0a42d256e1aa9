package io.jenkins.plugins.sluice.cli.web;

import io.jenkins.plugins.sluice.gate.Ballot;
import io.jenkins.plugins.sluice.model.Gate.CommentRule;
import io.jenkins.plugins.sluice.model.GateInput;
import io.jenkins.plugins.sluice.report.GateView;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The form for a vote.
 *
 * @param key that shows that a form is ours
 * @param voter who the user probably is
 * @param typed what was entered before, by the name of the field; then it is there again
 * @param message why what was entered does not count; may be empty
 */
record GateForm(String key, String voter, Map<String, String> typed, String message) {

    /** What the names of the fields for inputs begin with. */
    static final String INPUT = "input.";

    private static final int LONGEST_NAME = 200;

    /** A form that nobody has filled in. */
    static GateForm empty(String key, String voter) {
        return new GateForm(key, voter, Map.of(), "");
    }

    void write(String run, GateView gate, Html html) {
        String path = "/runs/" + run + "/gates/" + gate.number();
        html.open("form", "method", "post", "action", path, "autocomplete", "off");
        html.open("input", "type", "hidden", "name", "csrf", "value", key);
        html.open("div", "class", "fields");
        gate.toEnter().forEach(input -> input(gate, input, html));
        if (gate.gate().comment() != CommentRule.NONE) {
            comment(gate, html);
        }
        voter(gate, html);
        html.close("div");
        String hidden = message.isEmpty() ? "" : null;
        html.element("p", message, "class", "notice bad", "role", "alert", "hidden", hidden);
        html.open("p", "class", "buttons");
        html.element("button", "Approve", "name", "decision", "value", "approve", "class", "approve");
        // Whoever rejects need not enter anything.
        html.element(
                "button", "Reject", "name", "decision", "value", "reject", "class", "reject", "formnovalidate", "");
        html.close("p").close("form");
    }

    private void input(GateView gate, GateInput input, Html html) {
        String name = INPUT + input.name();
        String id = "g" + gate.number() + "-" + name;
        boolean flag = input.type() == GateInput.Type.FLAG;
        String value = typed.getOrDefault(name, input.fallback().orElse(""));
        boolean must = input.mustBeEntered();
        html.open("div", "class", flag ? "field flag" : "field");
        if (!flag) {
            label(id, input.name(), must ? "" : "optional", html);
        }
        String help = input.description().isEmpty() ? null : id + "-help";
        switch (input.type()) {
            case CHOICE -> choice(input, id, value, html, help);
            case FLAG -> flag(id, name, value, html, help);
            case NUMBER, TEXT -> line(input, id, value, html, help);
        }
        if (flag) {
            html.element("label", input.name(), "for", id);
        }
        if (help != null) {
            html.element("p", input.description(), "id", help, "class", "quiet");
        }
        html.close("div");
    }

    private static void label(String id, String text, String note, Html html) {
        html.open("label", "for", id).text(text);
        if (!note.isEmpty()) {
            html.element("span", " " + note, "class", "quiet");
        }
        html.close("label");
    }

    private static void line(GateInput input, String id, String value, Html html, @Nullable String help) {
        boolean number = input.type() == GateInput.Type.NUMBER;
        html.open(
                "input",
                "id",
                id,
                "name",
                INPUT + input.name(),
                "value",
                value,
                "inputmode",
                number ? "decimal" : null,
                "pattern",
                number ? "[+\\-]?[0-9]{1,100}([.][0-9]{1,100})?" : null,
                "title",
                number ? input.expected() : null,
                "maxlength",
                number ? null : String.valueOf(GateInput.MOST_CHARACTERS),
                "required",
                input.mustBeEntered() ? "" : null,
                "aria-describedby",
                help);
    }

    private static void choice(GateInput input, String id, String value, Html html, @Nullable String help) {
        boolean must = input.mustBeEntered();
        html.open(
                "select",
                "id",
                id,
                "name",
                INPUT + input.name(),
                "required",
                must ? "" : null,
                "aria-describedby",
                help);
        if (input.fallback().isEmpty()) {
            html.element("option", must ? "choose …" : "none", "value", "");
        }
        for (String choice : input.choices()) {
            html.element("option", choice, "value", choice, "selected", choice.equals(value) ? "" : null);
        }
        html.close("select");
    }

    private static void flag(String id, String name, String value, Html html, @Nullable String help) {
        String checked = value.equals("true") ? "" : null;
        html.open(
                "input",
                "type",
                "checkbox",
                "id",
                id,
                "name",
                name,
                "value",
                "true",
                "checked",
                checked,
                "aria-describedby",
                help);
    }

    private void comment(GateView gate, Html html) {
        boolean must = gate.gate().comment() == CommentRule.REQUIRED;
        String id = "g" + gate.number() + "-comment";
        html.open("div", "class", "field broad");
        label(id, "Comment", must ? "" : "optional", html);
        html.open(
                "textarea",
                "id",
                id,
                "name",
                "comment",
                "rows",
                "2",
                "maxlength",
                String.valueOf(Ballot.LONGEST_COMMENT),
                "required",
                must ? "" : null);
        // The parser drops the first line end of a text area.
        html.text("\n" + typed.getOrDefault("comment", "")).close("textarea").close("div");
    }

    private void voter(GateView gate, Html html) {
        String id = "g" + gate.number() + "-voter";
        html.open("div", "class", "field");
        label(id, "You are", "", html);
        html.open(
                "input",
                "id",
                id,
                "name",
                "voter",
                "value",
                typed.getOrDefault("voter", voter),
                "required",
                "",
                "maxlength",
                String.valueOf(LONGEST_NAME),
                "spellcheck",
                "false",
                "autocapitalize",
                "none");
        html.close("div");
    }
}
