import os, pathlib, time, grpc
from switchboard.v1 import event_service_pb2, event_service_pb2_grpc

events = event_service_pb2_grpc.EventServiceStub(grpc.insecure_channel(os.environ.get("SERVER", "127.0.0.1:9090")))
headers = [("authorization", "Bearer " + os.environ["KEY"])]
kept = pathlib.Path("cursor")
while True:
    start = {"cursor": kept.read_text()} if kept.exists() else {"earliest": True}
    try:
        for step in events.StreamEvents(event_service_pb2.StreamEventsRequest(start=start), metadata=headers):
            if step.HasField("event"):
                print(step.event, flush=True)  # Dealt with first, kept then.
            kept.write_text(getattr(step, step.WhichOneof("step")).cursor)
    except grpc.RpcError as failure:
        print(failure.details())
    time.sleep(1)
