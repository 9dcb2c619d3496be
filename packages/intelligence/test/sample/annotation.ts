import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { conceptId } from '../../src/lexicon/concept.ts'
import { parseYaml } from '../../src/yaml/parse-yaml.ts'

/** What a reader of the excerpt says of one mention. What is not written is the usual case: affirmed, of the patient, now, no side. */
const annotatedMention = z.strictObject({
  /** The words that name the concept, letter for letter; of an observable with its value. */
  says: z.string().min(1),
  /** Which occurrence in the excerpt. @default 1 */
  nth: z.number().int().min(2).optional(),
  is: conceptId,
  status: z.enum(['denied', 'possible', 'hypothetical']).optional(),
  subject: z.literal('other').optional(),
  when: z.literal('past').optional(),
  /** Of what is done: therapies, drugs, studies, devices. Absent: the excerpt does not say. */
  phase: z.enum(['done', 'planned']).optional(),
  side: z.enum(['left', 'right', 'both']).optional(),
  /** The words are there, and two readers could differ on how they are meant: only the mention is compared. */
  isOpen: z.literal(true).optional(),
})

const annotatedExcerpt = z.strictObject({
  /** `aci-<file name>` or `mts-<ID of the row>`. */
  note: z.string().regex(/^(?:aci-D2N|mts-)\d{3}$/),
  /** The heading that the excerpt stands under. */
  section: z.string().min(1),
  /** The excerpt: offsets into the note's file, or into the row's `section_text`. */
  from: z.number().int().nonnegative(),
  to: z.number().int().positive(),
  /** The first twelve hexadecimal digits of the excerpt's SHA-256. */
  digest: z.string().regex(/^[0-9a-f]{12}$/),
  mentions: z.array(annotatedMention),
})

export type AnnotatedMention = z.infer<typeof annotatedMention>
export type AnnotatedExcerpt = z.infer<typeof annotatedExcerpt>

/**
 * `open`: its differences may be read and their kinds mended. `held-out`: only its figures are looked at, so that they say what a new note would give.
 */
export type SamplePart = 'open' | 'held-out'

/** The excerpts of a part, in the order of its files. */
export function readAnnotations(part: SamplePart): readonly AnnotatedExcerpt[] {
  const folder = join(import.meta.dirname, 'annotations', part)
  return readdirSync(folder)
    .sort()
    .flatMap((name) =>
      z.array(annotatedExcerpt).parse(parseYaml(readFileSync(join(folder, name), 'utf8'))),
    )
}
