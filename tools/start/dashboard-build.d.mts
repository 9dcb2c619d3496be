export function dashboardState(root: string): 'absent' | 'stale' | 'fresh'
export function hashSources(root: string): string
export function buildDashboard(root: string, node: string, environment: NodeJS.ProcessEnv): void
