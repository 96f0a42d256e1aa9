package io.jenkins.plugins.sluice.handle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A step to take, and the steps with a body around it, the outermost first. Hosts get it as a map: {@code step}, {@code args},
 * {@code around}, a list of such maps.
 */
record Call(String step, Map<String, Object> arguments, List<Call> around) {
    Call {
        arguments = new LinkedHashMap<>(arguments);
        around = List.copyOf(around);
    }

    static Call of(String step, Map<String, Object> arguments) {
        return new Call(step, arguments, List.of());
    }

    /** The same within one more step, which is the innermost of them. */
    Call within(Call outer) {
        List<Call> all = new ArrayList<>(around);
        all.add(outer);
        return new Call(step, arguments, all);
    }

    /** As a host gets it: it is kept while the step is on its way, so all of it can be serialised. */
    NamedStep map() {
        NamedStep map = new NamedStep();
        map.put("step", step);
        map.put("args", arguments);
        map.put("around", maps(around));
        return map;
    }

    static List<Map<String, Object>> maps(List<Call> calls) {
        List<Map<String, Object>> maps = new ArrayList<>();
        calls.forEach(call -> maps.add(call.map()));
        return maps;
    }

    /** Arguments in their order: name, value, name, value. */
    static Map<String, Object> arguments(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }
}
