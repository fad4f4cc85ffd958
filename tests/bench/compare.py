"""Runs every engine in turn, round after round, and prints medians and ratios."""
import json
import pathlib
import statistics
import subprocess
import sys
import time

work, build, rounds = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve(), int(sys.argv[3])
TEMPLATES = {"docxtemplater": "braces.docx", "easy-template-x": "braces.docx", "carbone": "carbone.docx",
             "xlsx-template": "xlsx-template.xlsx"}


def run(command):
    done = subprocess.run(command, cwd=work, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit(f"{command[0:3]}: {done.stderr.strip()[-500:]}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def ours(template, data, count, threads=0):
    return run([str(build / "fill_bench"), template, data, str(count), str(threads)])


def theirs(engine, data, count):
    return run(["node", "peer.cjs", engine, TEMPLATES[engine], data, str(count)])


def compare(title, mine, others):
    """Each of `mine` and `others` measures once; rounds alternate."""
    results = {}
    for _ in range(rounds):
        for name, measure in {"Vekha": mine, **others}.items():
            results.setdefault(name, []).append(measure())
    print(f"\n{title}")
    median = {name: statistics.median(one["median_ms"] for one in all) for name, all in results.items()}
    best = min((name for name in median if name != "Vekha"), key=median.get)
    for name, all in results.items():
        last = all[-1]
        print(f"  {name:16} {median[name]:10.2f} ms   {last['bytes']:>9,} bytes   {last['peak_kb'] // 1024:>5} MB"
              .replace(",", " ") + ("" if name == "Vekha" else f"   {median[name] / median['Vekha']:8.1f} times ours"))
    print(f"  Vekha is {median[best] / median['Vekha']:.1f} times as fast as {best}, the file "
          f"{results['Vekha'][-1]['bytes'] / results[best][-1]['bytes']:.2f} and the memory "
          f"{results['Vekha'][-1]['peak_kb'] / results[best][-1]['peak_kb']:.2f} of its", flush=True)


def started(command):
    begin = time.monotonic()
    subprocess.run(command, cwd=work, check=True, capture_output=True)
    return {"median_ms": (time.monotonic() - begin) * 1000, "bytes": 1, "peak_kb": 1024}


word = ["carbone", "easy-template-x", "docxtemplater"]
for count, times in ((28, 200), (1000, 20), (10000, 3)):
    data = f"{count}.json"
    compare(f"One order, a table of {count} rows (warm)", lambda: ours("vekha.docx", data, times),
            {name: (lambda name=name: theirs(name, data, max(2, min(30, 3000 // count)))) for name in word})
rates = [ours("vekha.docx", "28.json", 1000, threads)["a_second"] for threads in (1, 2) for _ in range(rounds)]
one, two = statistics.median(rates[:rounds]), statistics.median(rates[rounds:])
print(f"\n1,000 orders in one process: {one:.0f} a second on one thread, {two:.0f} on two ({two / one:.2f} times)", flush=True)
compare("From the start of the process to the first document",
        lambda: started([str(build / "vekha"), "fill", "vekha.docx", "28.json", "-o", "out.docx"]),
        {name: (lambda name=name: started(["node", "peer.cjs", name, TEMPLATES[name], "28.json", "1"])) for name in word})
for count, times in ((1000, 20), (10000, 3)):
    data = f"{count}.json"
    compare(f"A form of {count} rows, filled in place", lambda: ours("vekha.xlsx", data, times),
            {"xlsx-template": lambda: theirs("xlsx-template", data, max(2, min(10, 3000 // count)))})
