using System.Text;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;

namespace Platform.Tests.GraphQL.Execution;

public sealed class DocumentCacheTests
{
    private static readonly Schema Schema = Schema.FromSdl("type Query { a: Int }");

    [Fact]
    public void A_document_is_found_by_its_exact_text()
    {
        var cache = new DocumentCache(4);
        var document = Add(cache, "{ a }");

        cache.Find("{ a }"u8).ShouldBeSameAs(document);
        cache.Find("{ a  }"u8).ShouldBeNull();
    }

    [Fact]
    public void A_full_cache_keeps_what_is_asked_for()
    {
        var cache = new DocumentCache(4);
        var wanted = Add(cache, "{ wanted: a }");
        for (var i = 0; i < 100; i++)
        {
            Add(cache, $"{{ a{i}: a }}");
            cache.Find("{ wanted: a }"u8).ShouldBeSameAs(wanted);
        }

        cache.Count.ShouldBe(4);
    }

    [Fact]
    public void A_hit_allocates_nothing()
    {
        var cache = new DocumentCache(4);
        Add(cache, "{ a }");
        cache.Find("{ a }"u8);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            cache.Find("{ a }"u8);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private static PreparedDocument Add(DocumentCache cache, string text)
    {
        var document = new PreparedDocument(Schema, GraphQLDocument.Parse(text), "h");
        cache.Add(Encoding.UTF8.GetBytes(text), document);
        return document;
    }
}
