const choice = /\{([^{}]*)\}/

/** What a wording stands for: `{a/b/}` in it is each of its alternatives, so that `has {not/never} {yet/} been {done/made}` is eight wordings. White space counts as one space. */
export function alternativesOf(text: string): readonly string[] {
  return expanded(text).map((one) => one.trim().replaceAll(/\s+/g, ' '))
}

function expanded(text: string): readonly string[] {
  const [whole, choices] = choice.exec(text) ?? []
  if (whole === undefined || choices === undefined) return [text]
  return choices.split('/').flatMap((one) => expanded(text.replace(whole, one)))
}
