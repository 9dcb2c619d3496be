import { lazyPart } from '../ui/lazy-part.tsx'
import { Skeleton } from '../ui/notice.tsx'

/** The review page with its script of its own, which is loaded while the queue is read. */
export const ReviewPart = lazyPart(
  async () => (await import('./review/review-page.tsx')).ReviewPage,
  <Skeleton rows={8} />,
)
