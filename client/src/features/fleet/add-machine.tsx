// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0

/** What to do while nothing is watched yet. */
export function AddMachine({ door }: { door: string }) {
  return (
    <div className="empty">
      <h2>No machine yet</h2>
      <p>Start an agent on a machine and it appears here within a second. From a checkout of Perfload:</p>
      <pre>
        <code>./perfload agent --server {door}</code>
      </pre>
      <p>or with the one jar and Java 17:</p>
      <pre>
        <code>java -jar perfload-agent.jar --server {door}</code>
      </pre>
    </div>
  );
}
