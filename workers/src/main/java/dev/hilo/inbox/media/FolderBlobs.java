package dev.hilo.inbox.media;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Blobs in a folder, on two levels of 256 directories. A blob is written beside its place, synced,
 * and renamed: after a crash it is there whole or not at all. A link inside the folder is never
 * followed.
 */
public final class FolderBlobs implements Blobs {

  private static final String UNFINISHED = ".part";

  private final Path root;

  /** Directories whose own names are known to survive a crash; at most 65,536. */
  private final Set<Path> lasting = ConcurrentHashMap.newKeySet();

  /**
   * Blobs below a folder, which is made if it is not there.
   *
   * @throws BlobsUnavailableException if it cannot be made or written
   */
  public FolderBlobs(Path folder) {
    try {
      Files.createDirectories(folder);
      root = folder.toRealPath();
      Files.delete(Files.createTempFile(root, "writable", UNFINISHED));
    } catch (IOException e) {
      throw new BlobsUnavailableException("the folder " + folder + " cannot be written", e);
    }
  }

  @Override
  public BlobWriter begin(BlobKey key) {
    return new FileWriter(key);
  }

  @Override
  public Optional<InputStream> open(BlobKey key) {
    return channel(key).map(Channels::newInputStream);
  }

  @Override
  public Optional<InputStream> open(BlobKey key, ByteRange range) {
    return channel(key)
        .map(
            channel -> {
              try {
                channel.position(range.first());
              } catch (IOException e) {
                throw failed("read", key, e);
              }
              return new FirstBytes(Channels.newInputStream(channel), range.length());
            });
  }

  @Override
  public boolean exists(BlobKey key) {
    Path file = file(key);
    return insideRoot(file) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public void delete(BlobKey key) {
    Path file = file(key);
    try {
      if (insideRoot(file)) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw failed("delete", key, e);
    }
  }

  @Override
  public int sweep(Instant before) {
    int removed = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(root, "*" + UNFINISHED)) {
      for (Path file : files) {
        BasicFileAttributes about =
            Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (about.lastModifiedTime().toInstant().isBefore(before) && Files.deleteIfExists(file)) {
          removed++;
        }
      }
    } catch (NoSuchFileException e) {
      // Another node was faster.
    } catch (IOException e) {
      throw new BlobsUnavailableException("the folder " + root + " cannot be read", e);
    }
    return removed;
  }

  private Optional<SeekableByteChannel> channel(BlobKey key) {
    Path file = file(key);
    if (!exists(key)) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw failed("read", key, e);
    }
  }

  private Path file(BlobKey key) {
    String name = key.value();
    return root.resolve(name.substring(0, 2)).resolve(name.substring(2, 4)).resolve(name);
  }

  /** Whether no directory on the way is a link that leads elsewhere. */
  private static boolean leadsTo(Path directory, Path expected) throws IOException {
    return directory.toRealPath().equals(expected);
  }

  private boolean insideRoot(Path file) {
    Path directory = file.getParent();
    try {
      return directory != null && leadsTo(directory, directory);
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw new BlobsUnavailableException("the folder " + root + " cannot be read", e);
    }
  }

  private static BlobsUnavailableException failed(String what, BlobKey key, IOException e) {
    return new BlobsUnavailableException(
        "blob " + key + ": " + what + " failed: " + e.getClass().getSimpleName(), e);
  }

  private static void sync(Path directory) throws IOException {
    try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
      entries.force(true);
    }
  }

  private final class FileWriter extends BlobWriter {
    private final BlobKey key;
    private final Path unfinished = root.resolve(UUID.randomUUID() + UNFINISHED);
    private final FileChannel channel;
    private boolean committed;

    private FileWriter(BlobKey key) {
      this.key = key;
      try {
        channel =
            FileChannel.open(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      } catch (IOException e) {
        throw failed("write", key, e);
      }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
      try {
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
      } catch (IOException e) {
        throw failed("write", key, e);
      }
    }

    @Override
    public void commit() {
      Path file = file(key);
      Path directory = file.resolveSibling("");
      try {
        channel.force(true);
        channel.close();
        Files.createDirectories(directory);
        if (!insideRoot(file)) {
          throw new IOException("a link leads out of the folder");
        }
        Files.move(
            unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        // The new name must survive a crash too, and so must the name of a directory, once.
        sync(directory);
        if (!lasting.contains(directory)) {
          for (Path path = directory; !path.equals(root); path = path.resolveSibling("")) {
            sync(path.resolveSibling(""));
          }
          lasting.add(directory);
        }
        committed = true;
      } catch (IOException e) {
        throw failed("write", key, e);
      }
    }

    @Override
    public void close() {
      try {
        channel.close();
        if (!committed) {
          Files.deleteIfExists(unfinished);
        }
      } catch (IOException e) {
        throw failed("write", key, e);
      }
    }
  }
}
