import { type ErrorComponentProps, Link, useRouter } from "@tanstack/react-router";
import { useQueryErrorResetBoundary } from "@tanstack/react-query";
import { Compass } from "lucide-react";
import { ApiError } from "@/lib/errors";
import { ButtonLink } from "@/ui/button";
import { Empty, ErrorNote, Skeleton, SkeletonRows } from "@/ui/states";

export function LoadingScreen() {
  return (
    <div className="flex flex-col gap-6" role="status" aria-label="Loading">
      <Skeleton className="h-8 w-56" />
      <SkeletonRows />
    </div>
  );
}

export function ErrorScreen({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const { reset: resetQueries } = useQueryErrorResetBoundary();
  if (error instanceof ApiError && error.status === 404) return <NotFoundScreen />;
  const retry = (): void => {
    resetQueries();
    reset();
    void router.invalidate();
  };
  return (
    <div className="mx-auto max-w-2xl py-10">
      <ErrorNote error={error} onRetry={retry} />
    </div>
  );
}

export function NotFoundScreen() {
  return (
    <div className="mx-auto max-w-2xl py-10">
      <title>Not found · Mediatheque</title>
      <Empty
        icon={<Compass size={22} aria-hidden />}
        title="Nothing stands here"
        actions={<ButtonLink look="primary"><Link to="/">Go to all works</Link></ButtonLink>}
      >
        The address may be mistyped, the work may have been deleted or merged, or it belongs to another space.
      </Empty>
    </div>
  );
}
