/**
 * A regular expression from a list of product names or words, written over as many lines as it takes:
 *
 *     oneOf`
 *       WS-C\d | catalyst
 *       access ?point\b`
 *
 * Bars and line breaks separate alternatives, blanks around them do not count. Each alternative begins at the start
 * of a word and goes on as far as it says (`\b` ends it at the end of one); case is ignored.
 */
export function oneOf(list: TemplateStringsArray): RegExp {
  const alternatives = String.raw(list)
    .trim()
    .split(/ *[|\n] */)
  return new RegExp(`\\b(?:${alternatives.join('|')})`, 'i')
}
