import { stemOf } from '../lexicon/stem.ts'
import { tokensOfText } from '../lexicon/tokens.ts'
import type { CueRow } from './cue.ts'
import { cueRows } from './table/cue-rows.ts'
import { marks } from './cue-signs.ts'

export interface Node {
  readonly next: Map<string, Node>
  readonly rows: CueRow[]
  /** The continuation after up to `maxGap` other words. */
  gap?: Node
}

export type Form = 'word' | 'stem'

/**
 * All cues that begin with one word. The nodes are built when a text first contains it, because a note contains
 * few of the first words.
 */
interface Opening {
  readonly cues: { readonly text: string; readonly row: CueRow }[]
  node?: Node
}

const gapMark = '…'
export const maxGap = 4

function createNode(): Node {
  return { next: new Map(), rows: [] }
}

function add(root: Node, steps: readonly string[], row: CueRow): void {
  let node = root
  for (const step of steps) {
    if (step === gapMark) {
      node.gap ??= createNode()
      node = node.gap
      continue
    }
    let next = node.next.get(step)
    if (next === undefined) {
      next = createNode()
      node.next.set(step, next)
    }
    node = next
  }
  if (!node.rows.includes(row)) node.rows.push(row)
}

interface CueTable {
  /** As written in the table: "presented to the ED with" reports a visit, "present to the ED with" is advice. */
  readonly word: ReadonlyMap<string, Opening>
  /** In any inflection. */
  readonly stem: ReadonlyMap<string, Opening>
}

let table: CueTable | undefined

function cueTable(): CueTable {
  if (table !== undefined) return table
  const word = new Map<string, Opening>()
  const stem = new Map<string, Opening>()
  for (const row of cueRows) {
    for (const cue of row.cues) {
      const isExact = cue.startsWith('=')
      const text = isExact ? cue.slice(1) : cue
      const first = marks.has(cue) ? { word: cue, stem: cue } : firstTokenOf(text)
      put(word, first.word, text, row)
      if (!isExact && !marks.has(cue)) put(stem, first.stem, text, row)
    }
  }
  return (table = { word, stem })
}

function put(openings: Map<string, Opening>, first: string, text: string, row: CueRow): void {
  const opening = openings.get(first)
  if (opening === undefined) openings.set(first, { cues: [{ text, row }] })
  else opening.cues.push({ text, row })
}

function firstTokenOf(text: string): Readonly<Record<Form, string>> {
  const plain = /^[a-z]+(?= |$)/.exec(text)?.[0]
  if (plain !== undefined) return { word: plain, stem: stemOf(plain) }
  const [first] = tokensOfText(text)
  return { word: first?.word ?? '', stem: first?.stem ?? '' }
}

/** The node from which all cues with this first word continue. */
export function under(form: Form, first: string): Node | undefined {
  const opening = cueTable()[form].get(first)
  if (opening === undefined) return undefined
  return (opening.node ??= build(opening, form))
}

function build({ cues }: Opening, form: Form): Node {
  const root = createNode()
  for (const { text, row } of cues) {
    const [, ...rest] = marks.has(text) ? [text] : tokensOfText(text).map((token) => token[form])
    add(root, rest, row)
  }
  return root
}
