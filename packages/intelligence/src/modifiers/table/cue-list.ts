/**
 * The cues of a list written as one text, parted by strokes. White space counts as one space. `{a/b/}` stands for each of its alternatives, so that `has {not/never} {yet/} been
 * {done/made}` is eight cues.
 */
export function cueList(text: string): readonly string[] {
  return text
    .split('|')
    .flatMap(alternatives)
    .map((cue) => cue.trim().replaceAll(/\s+/g, ' '))
    .filter((cue) => cue !== '')
}

function alternatives(cue: string): readonly string[] {
  const [whole, choice] = /\{([^{}]*)\}/.exec(cue) ?? []
  if (whole === undefined || choice === undefined) return [cue]
  return choice.split('/').flatMap((one) => alternatives(cue.replace(whole, one)))
}
