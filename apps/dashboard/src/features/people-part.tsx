import { lazyPart } from '../ui/lazy-part.tsx'
import { Skeleton } from '../ui/notice.tsx'

/** People and keys, with a script of its own: only administrators open it. */
export const PeoplePart = lazyPart(
  async () => (await import('./people/people-page.tsx')).PeoplePage,
  <Skeleton rows={8} />,
)
