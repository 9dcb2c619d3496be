import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { conceptId } from '../../src/lexicon/concept.ts'
import { parseYaml } from '../../src/yaml/parse-yaml.ts'

/** The annotation of one mention. Omitted fields have the usual value: affirmed, the patient, now, no side. */
const annotatedMention = z.strictObject({
  /** The text that names the concept, character for character; for an observable, including its value. */
  says: z.string().min(1),
  /** Which occurrence in the excerpt. @default 1 */
  nth: z.number().int().min(2).optional(),
  is: conceptId,
  status: z.enum(['denied', 'possible', 'hypothetical']).optional(),
  subject: z.literal('other').optional(),
  when: z.literal('past').optional(),
  /** For acts: therapies, drugs, studies, devices. Absent: not stated. */
  phase: z.enum(['done', 'planned']).optional(),
  side: z.enum(['left', 'right', 'both']).optional(),
  /** The mention is certain but its meaning could be read differently: only the mention is compared. */
  isOpen: z.literal(true).optional(),
})

const annotatedExcerpt = z.strictObject({
  /** `aci-<file name>` or `mts-<ID of the row>`. */
  note: z.string().regex(/^(?:aci-D2N|mts-)\d{3}$/),
  /** The heading of the excerpt. */
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
 * `open`: its differences may be analyzed and fixed. `held-out`: only its figures are used, so that they predict
 * results on new notes.
 */
export type SamplePart = 'open' | 'held-out'

/** The excerpts of a part, in file order. */
export function readAnnotations(part: SamplePart): readonly AnnotatedExcerpt[] {
  const folder = join(import.meta.dirname, 'annotations', part)
  return readdirSync(folder)
    .sort()
    .flatMap((name) =>
      z.array(annotatedExcerpt).parse(parseYaml(readFileSync(join(folder, name), 'utf8'))),
    )
}
