namespace Azure.Storage.Blobs.Specialized
{
    using System;
    using System.IO;
    using System.Threading;

    public class BlobLeaseClient
    {
        private readonly string _path;
        private readonly string _id;
        private TimeSpan _duration;

        public BlobLeaseClient(string blob, string leaseId) { _path = blob + ".lease"; _id = leaseId; }

        public void Acquire(TimeSpan duration)
        {
            _duration = TimeSpan.FromSeconds(duration.TotalMinutes * double.Parse(Environment.GetEnvironmentVariable("STANDIN_MINUTE")));
            Change((holder, until) => { if (until > DateTime.UtcNow && holder != _id) throw new InvalidOperationException("409 LeaseAlreadyPresent"); return Now(); });
        }

        public void Renew()
        {
            Change((holder, until) => { if (holder != _id) throw new InvalidOperationException("409 LeaseIdMismatchWithLeaseOperation"); return Now(); });
        }

        public void Release()
        {
            Change((holder, until) => { if (holder != _id) throw new InvalidOperationException("409 LeaseIdMismatchWithLeaseOperation"); return " 0"; });
        }

        private string Now() { return _id + " " + (DateTime.UtcNow + _duration).Ticks; }

        private void Change(Func<string, DateTime, string> next)
        {
            using (FileStream file = Open())
            {
                StreamReader reader = new StreamReader(file);
                string[] now = reader.ReadToEnd().Split(' ');
                string text = now.Length == 2 ? next(now[0], new DateTime(long.Parse(now[1]), DateTimeKind.Utc)) : next("", DateTime.MinValue);
                file.SetLength(0);
                StreamWriter writer = new StreamWriter(file);
                writer.Write(text);
                writer.Flush();
            }
        }

        private FileStream Open()
        {
            while (true)
            {
                try { return new FileStream(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None); }
                catch (IOException) { Thread.Sleep(5); }
            }
        }
    }
}
