import { HttpProblem } from './problem.ts'

/** No request of ours is nested this deeply. Code that recurses into a body, such as `JSON.stringify`, would overflow the stack. */
const deepest = 100

/**
 * Refuses text that PostgreSQL cannot store, anywhere in a request: NUL, and halves of surrogate pairs; and what is nested very deeply.
 * `path`
 * names the location for the error.
 *
 * @throws {HttpProblem} 400
 */
export function refuseBadText(path: string, value: unknown): void {
  const open: (readonly [path: string, value: unknown, depth: number])[] = [[path, value, 0]]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [where, one, depth] = next
    if (typeof one === 'string') checkText(where, one)
    // The bytes of a file are not text.
    if (typeof one !== 'object' || one === null || ArrayBuffer.isView(one)) continue
    if (depth >= deepest)
      throw new HttpProblem(
        400,
        'request_invalid',
        `the ${path} is nested deeper than ${deepest} levels`,
      )
    for (const [key, inner] of Object.entries(one)) {
      checkText(`${where}: a key`, key)
      if (typeof inner === 'string' || typeof inner === 'object')
        open.push([placeIn(where, key), inner, depth + 1])
    }
  }
}

const maxPlaceLength = 200

/** For deep locations, the outer part of the path is enough. */
function placeIn(where: string, key: string): string {
  return where.length > maxPlaceLength ? where : `${where}.${key.slice(0, maxPlaceLength - 1)}`
}

function checkText(where: string, text: string): void {
  if (!text.includes('\u0000') && text.isWellFormed()) return
  throw new HttpProblem(
    400,
    'text_invalid',
    `${where} holds a NUL character or half of a surrogate pair`,
  )
}
