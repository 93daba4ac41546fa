//! Threads, also where the machine gives few or none.

/// Runs `work` with a thread for each core, with fewer where the machine gives fewer, and in
/// this thread alone where it gives none.
pub(super) fn with_threads<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    let mut wanted = rayon::max_num_threads().min(cores());
    loop {
        let pool = rayon::ThreadPoolBuilder::new();
        let pool = match wanted {
            0 => pool.num_threads(1).use_current_thread().build(),
            wanted => pool.num_threads(wanted).stack_size(STACK).build(),
        };
        match pool {
            Ok(pool) => return pool.install(work),
            Err(_) if wanted > 0 => wanted /= 2,
            // Nothing has to be started for this one.
            Err(_) => return work(),
        }
    }
}

/// Whether so many threads can be had. Libraries that start some of their own panic without.
pub(super) fn has_threads(count: usize) -> bool {
    let (enough, wait) = std::sync::mpsc::channel::<()>();
    let wait = std::sync::Arc::new(std::sync::Mutex::new(wait));
    let threads: Vec<_> = (0..count)
        .map_while(|_| {
            let wait = std::sync::Arc::clone(&wait);
            // Each stays until all have begun.
            let work = move || drop(wait.lock().map(|wait| wait.recv()));
            std::thread::Builder::new().spawn(work).ok()
        })
        .collect();
    drop(enough);
    let begun = threads.len();
    threads.into_iter().for_each(|thread| drop(thread.join()));
    begun == count
}

/// What a thread has for its calls, in bytes: as much as the first thread of a program.
const STACK: usize = 8 * 1024 * 1024;

/// How many threads are wanted: what `RAYON_NUM_THREADS` says, or one for each core.
fn cores() -> usize {
    let said = std::env::var("RAYON_NUM_THREADS").ok().and_then(|said| said.parse().ok());
    said.filter(|&said| said > 0)
        .or_else(|| std::thread::available_parallelism().map(usize::from).ok())
        .unwrap_or(1)
}
