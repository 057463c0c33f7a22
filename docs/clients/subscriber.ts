import { createClient } from "@connectrpc/connect";
import { createGrpcWebTransport } from "@connectrpc/connect-web";
import { type Event } from "./gen/switchboard/v1/event_pb.js";
import { EventService } from "./gen/switchboard/v1/event_service_pb.js";

export async function follow(baseUrl: string, key: string, deal: (event: Event) => Promise<void>) {
  const events = createClient(EventService, createGrpcWebTransport({ baseUrl }));
  const headers = { authorization: `Bearer ${key}` };
  for (;;) {
    const kept = localStorage.getItem("cursor");
    const start = kept ? { case: "cursor" as const, value: kept } : { case: "earliest" as const, value: true };
    try {
      for await (const { step } of events.streamEvents({ start: { start } }, { headers })) {
        if (step.case === "event") await deal(step.value); // Dealt with first, kept then.
        if (step.value) localStorage.setItem("cursor", step.value.cursor);
      }
    } catch (failure) {
      console.warn(failure);
    }
    await new Promise((again) => setTimeout(again, 1000));
  }
}
