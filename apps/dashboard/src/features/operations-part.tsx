import { lazyPart } from '../ui/lazy-part.tsx'
import { Skeleton } from '../ui/notice.tsx'

/** How the gateway is, with scripts of its own: only operators open it. */
export const OperationsPart = lazyPart(
  async () => (await import('./operations/operations-page.tsx')).OperationsPage,
  <Skeleton rows={8} />,
)
