import { lazyPart } from '../ui/lazy-part.tsx'
import { Skeleton } from '../ui/notice.tsx'

/** Loaded when an EHR opens it. */
export const ChartPart = lazyPart(
  async () => (await import('./chart/chart-page.tsx')).ChartPage,
  <Skeleton rows={3} />,
)
