import { Component, type ReactNode } from "react";
import { ProblemNotice } from "../elements/notice.tsx";
import { Problem } from "../api/problem.ts";

interface FaultBoundaryProps {
  /** What the page says when it cannot show its content. */
  title: string;
  children: ReactNode;
}

/** A fault of the page's own stays within its content: the frame remains, and one can try again. */
export class FaultBoundary extends Component<FaultBoundaryProps, { hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError(): { hasFailed: boolean } {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    const { title, children } = this.props;
    if (!this.state.hasFailed) return children;
    return (
      <ProblemNotice
        problem={new Problem(title, undefined, 0, "PageFault")}
        onRetry={() => {
          this.setState({ hasFailed: false });
        }}
      />
    );
  }
}
