// A message in the language of the page, with values for its {names}. Stands before each script,
// below WORDS: what that script says, by what stands in its code.
const _ = (message, values = {}) =>
  (WORDS[message] ?? message).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
