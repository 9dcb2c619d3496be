import { lazyPart } from '../ui/lazy-part.tsx'
import { Skeleton } from '../ui/notice.tsx'

/** Loaded when somebody opens it. */
export const EncountersPart = lazyPart(
  async () => (await import('./encounters/encounters-page.tsx')).EncountersPage,
  <Skeleton rows={6} />,
)
