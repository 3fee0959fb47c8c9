// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.probe;

/**
 * The two ways bytes pass through a device.
 *
 * @param first read, or received
 * @param second written, or sent
 */
record TwoFlows(Flow first, Flow second) {}
