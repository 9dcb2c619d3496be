/** An operator of a page's content, with what stands before it: numbers, and names without their slash. */
export interface ContentStep {
  readonly operator: string
  readonly numbers: readonly number[]
  readonly names: readonly string[]
}

const token =
  /\((?:\\[\s\S]|[^()\\]|\((?:\\[\s\S]|[^()\\])*\))*\)|<<|>>|<[\dA-Fa-f\s]*>|\/[^\s()<>[\]{}/%]*|[[\]]|%[^\r\n]*|[^\s()<>[\]{}/%]+/g
const number = /^[+-]?(?:\d+\.?\d*|\.\d+)$/
/** The bytes of a picture in the text of the content. */
const inlinePicture = /\bBI\b[\s\S]*?\bID\s[\s\S]*?\sEI\b/g

/** The steps of a page's content. Strings and their parts are left out: only where they are drawn matters. */
export function* contentSteps(content: string): Generator<ContentStep> {
  let numbers: number[] = []
  let names: string[] = []
  let depth = 0
  for (const [piece] of content.replaceAll(inlinePicture, ' ').matchAll(token)) {
    if (piece === '[' || piece === '<<') depth += 1
    else if (piece === ']' || piece === '>>') depth -= 1
    else if (depth > 0 || piece.startsWith('(') || piece.startsWith('<') || piece.startsWith('%'))
      continue
    else if (number.test(piece)) numbers.push(Number(piece))
    else if (piece.startsWith('/')) names.push(piece.slice(1))
    else {
      yield { operator: piece, numbers, names }
      numbers = []
      names = []
    }
  }
}
