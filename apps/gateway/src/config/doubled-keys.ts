export interface DoubledKey {
  /** From the top of the file; items of a list by their index. */
  readonly path: readonly string[]
  /** The lines of the first and of the second occurrence. */
  readonly lines: readonly [number, number]
}

interface Place {
  /** The lines of the keys of an object; undefined in a list. */
  readonly keys: Map<string, number> | undefined
  /** The key or index that is being read. */
  name: string
}

/** A text, or one character that gives JSON its structure. Numbers, literals and spaces between them do not matter here. */
const token = /"(?:[^"\\]|\\.)*"|[{}[\],\n]/g

/** The keys that an object of a valid JSON text has more than once. `JSON.parse` keeps the last one and says nothing. */
export function doubledKeys(json: string): readonly DoubledKey[] {
  const found: DoubledKey[] = []
  const places: Place[] = []
  let line = 1
  let isKeyNext = false
  for (const [text] of json.matchAll(token)) {
    const place = places.at(-1)
    switch (text) {
      case '\n':
        line += 1
        break
      case '{':
        places.push({ keys: new Map(), name: '' })
        isKeyNext = true
        break
      case '[':
        places.push({ keys: undefined, name: '0' })
        isKeyNext = false
        break
      case '}':
      case ']':
        places.pop()
        isKeyNext = false
        break
      case ',':
        isKeyNext = place?.keys !== undefined
        if (place !== undefined && !isKeyNext) place.name = String(Number(place.name) + 1)
        break
      default: {
        if (!isKeyNext || place?.keys === undefined) break
        isKeyNext = false
        place.name = String(JSON.parse(text))
        const first = place.keys.get(place.name)
        if (first === undefined) place.keys.set(place.name, line)
        else found.push({ path: places.map(({ name }) => name), lines: [first, line] })
      }
    }
  }
  return found
}
