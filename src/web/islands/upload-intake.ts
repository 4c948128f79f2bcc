/** Files that are dropped anywhere in the window, chosen by the button or pasted; folders with all that is in them. */
export function takeFiles(zone: HTMLElement, input: HTMLInputElement, take: (files: File[]) => void): void {
  input.multiple = true;
  input.required = false;
  input.addEventListener("change", () => {
    take([...(input.files ?? [])]);
    // The same file can be chosen again.
    input.value = "";
  });
  zone.addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    take(files);
  });
  listenToDrops(zone, take);
}

function listenToDrops(zone: HTMLElement, take: (files: File[]) => void): void {
  const over = (isOver: boolean): void => {
    zone.toggleAttribute("data-over", isOver);
  };
  for (const kind of ["dragenter", "dragover"] as const) {
    document.addEventListener(kind, (event) => {
      if (event.dataTransfer?.types.includes("Files") !== true) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
      over(true);
    });
  }
  document.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) over(false);
  });
  document.addEventListener("drop", (event) => {
    over(false);
    if (event.dataTransfer?.types.includes("Files") !== true) return;
    event.preventDefault();
    void filesOf(event.dataTransfer).then(take);
  });
}

async function filesOf(transfer: DataTransfer): Promise<File[]> {
  // The list is empty after the event: everything is taken from it at once.
  const found = [...transfer.items]
    .filter(({ kind }) => kind === "file")
    .map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  const lists = await Promise.all(
    found.map(({ entry, file }) =>
      entry?.isDirectory === true
        ? filesWithin(entry as FileSystemDirectoryEntry)
        : file === null
          ? []
          : [file],
    ),
  );
  return lists.flat();
}

async function filesWithin(folder: FileSystemDirectoryEntry): Promise<File[]> {
  const reader = folder.createReader();
  const files: File[] = [];
  for (;;) {
    // Browsers hand out a hundred or so at a time, then none.
    const entries = await new Promise<FileSystemEntry[]>((resolve) => {
      reader.readEntries(resolve, () => resolve([]));
    });
    if (entries.length === 0) return files;
    for (const entry of entries) {
      if (entry.name.startsWith(".")) continue;
      if (entry.isDirectory) files.push(...(await filesWithin(entry as FileSystemDirectoryEntry)));
      else files.push(...(await fileOf(entry as FileSystemFileEntry)));
    }
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File[]> {
  return new Promise((resolve) => {
    entry.file(
      (file) => resolve([file]),
      () => resolve([]),
    );
  });
}
